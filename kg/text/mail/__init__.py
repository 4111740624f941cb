"""E-mails: headers, the text that a person wrote, what it quotes, what is attached."""
