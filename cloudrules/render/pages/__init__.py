"""What each answer says, as blocks: composed once, drawn by `text` and by `markdown`."""
