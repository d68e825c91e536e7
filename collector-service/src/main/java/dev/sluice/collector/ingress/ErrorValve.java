package dev.sluice.collector.ingress;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// Reports in JSON what Tomcat refuses before any servlet sees it, such as a path that is not a
/// path. Tomcat makes it by its name. Its own JSON valve tells clients the stack trace.
public final class ErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(
                        new String(ErrorServlet.answer(status).body(), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("connection lost while telling status " + status, e);
        }
    }
}
