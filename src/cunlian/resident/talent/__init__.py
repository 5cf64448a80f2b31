"""The register of skills for residents: what people here can do, entering one's own skills, answering for one's entry."""
