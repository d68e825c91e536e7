package dev.sluice.gdpr.derived;

import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.gdpr.store.Subjects;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Looks for one id of a person, and for the person that the id is by itself.
record RowSearch(Subjects whose, SubjectId id, String person) {

    /// The width of the columns of ids; a longer id is cut there, and might be taken for another.
    private static final int ID_BYTES = 256;

    static RowSearch of(Subjects whose, SubjectId id, SubjectKeys keys) {
        return new RowSearch(whose, id, keys.person(whose.tenant(), id).toString());
    }

    /// @param sql with the parameters tenant, moment before which a row must be, id, person
    PreparedStatement ofIdOrPerson(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = inTime(connection, sql);
        statement.setString(3, comparable());
        statement.setString(4, person);
        return statement;
    }

    /// @param sql with the parameters tenant, moment before which a row must be, person
    PreparedStatement ofPerson(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = inTime(connection, sql);
        statement.setString(3, person);
        return statement;
    }

    private PreparedStatement inTime(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, whose.tenant().value());
        statement.setString(2, text(whose.receivedBefore()));
        return statement;
    }

    /// Equal to no column's value if the id is too long for one.
    private @Nullable String comparable() {
        return id.value().getBytes(StandardCharsets.UTF_8).length < ID_BYTES ? id.value() : null;
    }

    private static String text(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString().replace('T', ' ');
    }
}
