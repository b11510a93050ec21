"""The page in the browser and its HTTP API: on this machine only, fetching nothing, keeping nothing."""
