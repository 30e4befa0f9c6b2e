"""What every answer tells the browser to refuse, errors included."""

from flask import Flask, Response

from server.config import Config

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, config: Config) -> None:
    """Put these headers on every answer of this app."""
    fixed = ALWAYS | ({"Strict-Transport-Security": TWO_YEARS} if config.https else {})

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers[name] = value
        # Only what is the same for everybody says otherwise, before this runs.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
