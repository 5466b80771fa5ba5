"""Components of the page, which need a browser; what they show is made elsewhere."""
