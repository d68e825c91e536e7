package dev.sluice.replay;

import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Work items in a table of DynamoDB: for each replay an item with its plan, and one for each work
/// item that was ever claimed. Every change is one conditional write.
public final class DynamoWorkItems implements WorkItems {

    private static final String REPLAY = "replay_id";
    private static final String ITEM = "item_number";
    private static final String STATE = "item_state";
    private static final String TOKEN = "claim_token";
    private static final String UNTIL = "claimed_until";
    private static final String PLAN = "plan";
    private static final String COUNTS = "counts";

    private static final int OF_PLAN = -1;
    private static final String HELD = "held";
    private static final String FINISHED = "finished";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource clock;

    /// @param table made as [#table(String)] says
    /// @param clock of this machine; those of all workers must agree to within a small part of a
    ///     lease
    public DynamoWorkItems(DynamoDbClient dynamo, String table, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.clock = clock;
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(REPLAY, ScalarAttributeType.S),
                        attribute(ITEM, ScalarAttributeType.N))
                .keySchema(key(REPLAY, KeyType.HASH), key(ITEM, KeyType.RANGE))
                .build();
    }

    @Override
    public boolean plan(ReplayPlan plan) {
        Map<String, AttributeValue> item = new HashMap<>(key(plan.id(), OF_PLAN));
        item.put(PLAN, text(JSON.writeValueAsString(plan)));
        return conditionally(
                () ->
                        dynamo.putItem(
                                put ->
                                        put.tableName(table)
                                                .item(item)
                                                .conditionExpression(
                                                        "attribute_not_exists(" + REPLAY + ")")));
    }

    @Override
    public Optional<ReplayPlan> find(String replay) {
        Map<String, AttributeValue> item =
                reaching(
                        () ->
                                dynamo.getItem(
                                                get ->
                                                        get.tableName(table)
                                                                .consistentRead(true)
                                                                .key(key(replay, OF_PLAN)))
                                        .item());
        AttributeValue plan = item.get(PLAN);
        return plan == null
                ? Optional.empty()
                : Optional.of(JSON.readValue(plan.s(), ReplayPlan.class));
    }

    @Override
    public Optional<Claim> claim(ReplayPlan plan, Duration lease) {
        long now = clock.millis();
        Map<Integer, Map<String, AttributeValue>> known = items(plan);
        for (WorkItem item : plan.items()) {
            Map<String, AttributeValue> state = known.get(item.number());
            if (state == null || isFree(state, now)) {
                Claim claim = new Claim(plan.id(), item, UUID.randomUUID().toString());
                if (take(claim, now, lease)) {
                    return Optional.of(claim);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean renew(Claim claim, Duration lease) {
        return setUntil(claim, clock.millis() + lease.toMillis());
    }

    @Override
    public boolean finish(Claim claim, ItemCounts counts) {
        return update(
                claim,
                "SET %s = :finished, %s = :counts".formatted(STATE, COUNTS),
                TOKEN + " = :token",
                Map.of(
                        ":finished", text(FINISHED),
                        ":counts", text(JSON.writeValueAsString(counts)),
                        ":token", text(claim.token())));
    }

    @Override
    public void giveBack(Claim claim) {
        setUntil(claim, 0);
    }

    @Override
    public Map<Integer, ItemCounts> finished(ReplayPlan plan) {
        Map<Integer, ItemCounts> finished = new HashMap<>();
        items(plan)
                .forEach(
                        (number, item) -> {
                            AttributeValue counts = item.get(COUNTS);
                            if (counts != null) {
                                finished.put(number, JSON.readValue(counts.s(), ItemCounts.class));
                            }
                        });
        return finished;
    }

    private static boolean isFree(Map<String, AttributeValue> item, long now) {
        return HELD.equals(value(item, STATE).s()) && Long.parseLong(value(item, UNTIL).n()) < now;
    }

    private boolean take(Claim claim, long now, Duration lease) {
        return update(
                claim,
                "SET %s = :held, %s = :token, %s = :until".formatted(STATE, TOKEN, UNTIL),
                "attribute_not_exists(%1$s) OR (%1$s = :held AND %2$s < :now)"
                        .formatted(STATE, UNTIL),
                Map.of(
                        ":held", text(HELD),
                        ":token", text(claim.token()),
                        ":now", number(now),
                        ":until", number(now + lease.toMillis())));
    }

    private boolean setUntil(Claim claim, long until) {
        return update(
                claim,
                "SET %s = :until".formatted(UNTIL),
                "%s = :token AND %s = :held".formatted(TOKEN, STATE),
                Map.of(
                        ":until", number(until),
                        ":token", text(claim.token()),
                        ":held", text(HELD)));
    }

    private boolean update(
            Claim claim, String update, String condition, Map<String, AttributeValue> values) {
        return conditionally(
                () ->
                        dynamo.updateItem(
                                request ->
                                        request.tableName(table)
                                                .key(key(claim.replay(), claim.item().number()))
                                                .updateExpression(update)
                                                .conditionExpression(condition)
                                                .expressionAttributeValues(values)));
    }

    /// All that were ever claimed, by their numbers.
    private Map<Integer, Map<String, AttributeValue>> items(ReplayPlan plan) {
        Map<Integer, Map<String, AttributeValue>> items = new HashMap<>();
        reaching(
                        () ->
                                dynamo
                                        .queryPaginator(
                                                query ->
                                                        query.tableName(table)
                                                                .consistentRead(true)
                                                                .keyConditionExpression(
                                                                        "%s = :replay AND %s >= :first"
                                                                                .formatted(
                                                                                        REPLAY,
                                                                                        ITEM))
                                                                .expressionAttributeValues(
                                                                        Map.of(
                                                                                ":replay",
                                                                                text(plan.id()),
                                                                                ":first",
                                                                                number(0))))
                                        .items()
                                        .stream()
                                        .toList())
                .forEach(item -> items.put(Integer.parseInt(value(item, ITEM).n()), item));
        return items;
    }

    /// @return whether the condition held
    private boolean conditionally(Runnable call) {
        try {
            call.run();
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw AwsFailures.of("table " + table, e);
        }
    }

    private <T> T reaching(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsFailures.of("table " + table, e);
        }
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static Map<String, AttributeValue> key(String replay, int item) {
        return Map.of(REPLAY, text(replay), ITEM, number(item));
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute);
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
