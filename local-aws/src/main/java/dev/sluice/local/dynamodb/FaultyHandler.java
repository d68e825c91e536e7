package dev.sluice.local.dynamodb;

import dev.sluice.local.dynamodb.DynamoDbFaultRule.Kind;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Carries out what [DynamoDbFaults] asks for, before DynamoDB Local. Without a rule a request
/// passes untouched.
final class FaultyHandler extends Handler.Wrapper {

    /// A request with this header meets no fault: it causes one.
    static final String UNHARMED = "x-local-aws-unharmed";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DynamoDbFaults faults;

    FaultyHandler(Handler dynamo, DynamoDbFaults faults) {
        super(dynamo);
        this.faults = faults;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (faults.rules().isEmpty() || request.getHeaders().contains(UNHARMED)) {
            return super.handle(request, response, callback);
        }
        ByteBuffer body = Content.Source.asByteBuffer(request);
        String target = Objects.requireNonNullElse(request.getHeaders().get("X-Amz-Target"), "");
        List<DynamoDbFaultRule> struck =
                faults.strike(target.substring(target.indexOf('.') + 1), tablesIn(body.slice()));
        for (DynamoDbFaultRule rule : struck) {
            pause(rule.delay());
        }
        if (has(struck, Kind.FAIL)) {
            refuse(response, callback, 500, "InternalServerError");
            return true;
        }
        if (has(struck, Kind.THROTTLE)) {
            refuse(response, callback, 400, "ProvisionedThroughputExceededException");
            return true;
        }
        Request again = new ReadRequest(request, body);
        if (!has(struck, Kind.DROP_ANSWER)) {
            return super.handle(again, response, callback);
        }
        return super.handle(
                again,
                new Unanswered(request, response),
                Callback.from(() -> cut(request, callback), callback::failed));
    }

    private static boolean has(List<DynamoDbFaultRule> rules, Kind kind) {
        return rules.stream().anyMatch(r -> r.kind() == kind);
    }

    /// What a call names as a table, be it alone, in a batch or in a transaction.
    private static List<String> tablesIn(ByteBuffer body) {
        try {
            JsonNode root = JSON.readTree(StandardCharsets.UTF_8.decode(body).toString());
            return Stream.concat(
                            root.findValues("TableName").stream()
                                    .filter(JsonNode::isString)
                                    .map(JsonNode::asString),
                            root.path("RequestItems").propertyNames().stream())
                    .toList();
        } catch (JacksonException e) {
            return List.of(); // DynamoDB Local says what is wrong with it
        }
    }

    private static void refuse(Response response, Callback callback, int status, String error) {
        String body =
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"fault on request\"}"
                        .formatted(error);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        Content.Sink.write(response, true, body, callback);
    }

    private static void cut(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.succeeded(); // a failure would be logged
    }

    /// Parking may end early, so until the time is really over.
    private static void pause(Duration delay) {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// A request whose body was read and is there to be read again.
    private static final class ReadRequest extends Request.Wrapper {
        private final Content.Source body;

        ReadRequest(Request request, ByteBuffer body) {
            super(request);
            this.body = Content.Source.from(body);
        }

        @Override
        public Content.@Nullable Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }

    /// A response that nobody will see.
    private static final class Unanswered extends Response.Wrapper {

        Unanswered(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            if (content != null) {
                content.position(content.limit());
            }
            callback.succeeded();
        }
    }
}
