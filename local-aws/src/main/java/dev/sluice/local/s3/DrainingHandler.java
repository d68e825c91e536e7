package dev.sluice.local.s3;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.shaded.org.eclipse.jetty.http.HttpFields;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.http.HttpStatus;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/// Takes every request's body, also of one that is refused.
///
/// A put that is refused, say with 412, is answered before its body was read. The connection is
/// then closed, unannounced: a client that is still sending sees a broken pipe instead of the
/// answer, and one that waits for `100 Continue` sees it with its next request on that connection.
final class DrainingHandler extends Handler.Wrapper {
    private static final String CONTINUE = "100-continue";

    private DrainingHandler(Handler handler) {
        super(handler);
    }

    /// Puts itself in front of a server that has not started; the builder has no place for it.
    static void install(S3Proxy proxy) {
        try {
            var field = S3Proxy.class.getDeclaredField("server");
            field.setAccessible(true);
            var server = (Server) field.get(proxy);
            server.setHandler(new DrainingHandler(server.getHandler()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this release of S3Proxy keeps its server elsewhere", e);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains(HttpHeader.EXPECT, CONTINUE)) {
            var _ = response.writeInterim(HttpStatus.CONTINUE_100, HttpFields.EMPTY);
        }
        var drained =
                Callback.from(() -> Content.Source.consumeAll(request, callback), callback::failed);
        return super.handle(request, response, drained);
    }
}
