"""What the board costs, against a bare page, with few placements and with very many."""
