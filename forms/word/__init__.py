"""Word documents as Word's final view shows them: read from the package itself, part by part."""
