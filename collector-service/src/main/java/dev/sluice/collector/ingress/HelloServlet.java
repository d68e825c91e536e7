package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.Serial;

/// `GET /`: tells a person, or a load balancer's default probe, that this is the collector.
public final class HelloServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1;

    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer answer =
                switch (request.getMethod()) {
                    case "GET", "HEAD" -> Answers.hello();
                    case "OPTIONS" -> Answers.empty().with("Allow", ALLOWED);
                    default -> Answers.methodNotAllowed(request.getMethod(), ALLOWED);
                };
        answer.writeTo(response);
    }
}
