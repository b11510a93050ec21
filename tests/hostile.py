"""A page that tries to be more than text: scripts, handlers, markup, templates, marks that turn the direction of writing."""

HOSTILE = """</script><script>window.pwned = 1</script> <img src=x onerror="window.pwned=2"> shocks town

By <svg onload=window.pwned=3> \u202egnikcosh\u202c staff

The \u2066council\u2028said <a href="javascript:window.pwned=4">“it is a disgrace”</a> ]]> <!-- <script> the shocking
outrage, \U0001f600 furious residents said on Monday. {{constructor.constructor('window.pwned=5')()}} ${window.pwned=6}
"""
