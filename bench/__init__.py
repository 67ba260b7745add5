"""What the board costs against a bare page, and an allocation against the bare solver."""
