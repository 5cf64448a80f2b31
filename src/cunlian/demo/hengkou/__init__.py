"""Hengkou zone: its real villages and communities as the national list has them; all people, posts and cases invented."""
