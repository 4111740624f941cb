"""What is known of a claim beside its ends: status and qualifiers; and the attributes of sites and companies."""
