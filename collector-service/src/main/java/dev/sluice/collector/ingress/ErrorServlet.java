package dev.sluice.collector.ingress;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.Serial;

/// Where the container forwards what it refuses by itself: told in JSON like everything else.
public final class ErrorServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        answer(status instanceof Integer code ? code : 404).writeTo(response);
    }

    static Answer answer(int status) {
        return switch (status) {
            case 400 -> Answers.error(400, "bad_request", "the request is not complete HTTP");
            case 404 ->
                    Answers.error(
                            404, "not_found", "nothing is here; send events to POST /v1/events");
            case 408 -> Answers.error(408, "request_timeout", "the body did not arrive in time");
            default ->
                    Answers.error(
                            status,
                            status < 500 ? "refused" : "internal",
                            "the request was not handled");
        };
    }
}
