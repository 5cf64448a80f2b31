"""Long work the viewer started: how far it is, and its file when it is done. Nobody else sees either."""
