-- What Redshift has and PostgreSQL has not. Run as superuser in the user's database at every start, so each statement can
-- be repeated. Functions go to pg_catalog, where they are found whatever the search path.
SET LOCAL standard_conforming_strings = on;
SET LOCAL client_min_messages = warning;
SET LOCAL allow_system_table_mods = on;

CREATE SCHEMA IF NOT EXISTS redshift;

-- Dates -----------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION pg_catalog.getdate() RETURNS timestamp LANGUAGE sql STABLE AS
$$ SELECT pg_catalog.statement_timestamp() AT TIME ZONE 'UTC' $$;

CREATE OR REPLACE FUNCTION pg_catalog.redshift_datepart(part text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT CASE
    WHEN lower(part) IN ('year', 'years', 'y', 'yr', 'yrs') THEN 'year'
    WHEN lower(part) IN ('quarter', 'quarters', 'qtr', 'qtrs') THEN 'quarter'
    WHEN lower(part) IN ('month', 'months', 'mon', 'mons') THEN 'month'
    WHEN lower(part) IN ('week', 'weeks', 'w') THEN 'week'
    WHEN lower(part) IN ('day', 'days', 'd') THEN 'day'
    WHEN lower(part) IN ('hour', 'hours', 'h', 'hr', 'hrs') THEN 'hour'
    WHEN lower(part) IN ('minute', 'minutes', 'm', 'min', 'mins') THEN 'minute'
    WHEN lower(part) IN ('second', 'seconds', 's', 'sec', 'secs') THEN 'second'
    WHEN lower(part) IN ('millisecond', 'milliseconds', 'ms', 'msec', 'msecs') THEN 'millisecond'
    WHEN lower(part) IN ('microsecond', 'microseconds', 'us', 'usec', 'usecs') THEN 'microsecond'
    ELSE part END $$;

CREATE OR REPLACE FUNCTION pg_catalog.dateadd(part text, amount bigint, moment timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT CASE pg_catalog.redshift_datepart(part)
    WHEN 'quarter' THEN moment + amount * interval '3 months'
    ELSE moment + amount * ('1 ' || pg_catalog.redshift_datepart(part))::interval END $$;

CREATE OR REPLACE FUNCTION pg_catalog.dateadd(part text, amount bigint, moment timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE STRICT AS $$
SELECT CASE pg_catalog.redshift_datepart(part)
    WHEN 'quarter' THEN moment + amount * interval '3 months'
    ELSE moment + amount * ('1 ' || pg_catalog.redshift_datepart(part))::interval END $$;

-- Redshift counts the boundaries crossed, so each end is cut to the part first.
CREATE OR REPLACE FUNCTION pg_catalog.datediff(part text, starts timestamp, ends timestamp) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT CASE pg_catalog.redshift_datepart(part)
    WHEN 'year' THEN extract(year FROM ends) - extract(year FROM starts)
    WHEN 'quarter' THEN (extract(year FROM ends) * 4 + extract(quarter FROM ends))
        - (extract(year FROM starts) * 4 + extract(quarter FROM starts))
    WHEN 'month' THEN (extract(year FROM ends) * 12 + extract(month FROM ends))
        - (extract(year FROM starts) * 12 + extract(month FROM starts))
    WHEN 'week' THEN (date_trunc('week', ends)::date - date_trunc('week', starts)::date) / 7
    WHEN 'day' THEN ends::date - starts::date
    WHEN 'hour' THEN extract(epoch FROM date_trunc('hour', ends) - date_trunc('hour', starts)) / 3600
    WHEN 'minute' THEN extract(epoch FROM date_trunc('minute', ends) - date_trunc('minute', starts)) / 60
    WHEN 'second' THEN extract(epoch FROM date_trunc('second', ends) - date_trunc('second', starts))
    WHEN 'millisecond' THEN round(date_part('epoch', date_trunc('milliseconds', ends) - date_trunc('milliseconds', starts)) * 1000)
    WHEN 'microsecond' THEN extract(epoch FROM ends - starts) * 1000000
    END::bigint $$;

CREATE OR REPLACE FUNCTION pg_catalog.datediff(part text, starts timestamptz, ends timestamptz) RETURNS bigint
LANGUAGE sql STABLE STRICT AS
$$ SELECT pg_catalog.datediff(part, starts AT TIME ZONE 'UTC', ends AT TIME ZONE 'UTC') $$;

CREATE OR REPLACE FUNCTION pg_catalog.convert_timezone(target text, moment timestamp) RETURNS timestamp
LANGUAGE sql STABLE STRICT AS $$ SELECT moment AT TIME ZONE 'UTC' AT TIME ZONE target $$;

CREATE OR REPLACE FUNCTION pg_catalog.convert_timezone(source text, target text, moment timestamp) RETURNS timestamp
LANGUAGE sql STABLE STRICT AS $$ SELECT moment AT TIME ZONE source AT TIME ZONE target $$;

CREATE OR REPLACE FUNCTION pg_catalog.trunc(moment timestamp) RETURNS date LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT moment::date $$;

-- Text ------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION pg_catalog.len(value text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT length(value) $$;

CREATE OR REPLACE FUNCTION pg_catalog.sha2(value text, bits integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT CASE bits
    WHEN 224 THEN encode(sha224(convert_to(value, 'UTF8')), 'hex')
    WHEN 0 THEN encode(sha256(convert_to(value, 'UTF8')), 'hex')
    WHEN 256 THEN encode(sha256(convert_to(value, 'UTF8')), 'hex')
    WHEN 384 THEN encode(sha384(convert_to(value, 'UTF8')), 'hex')
    WHEN 512 THEN encode(sha512(convert_to(value, 'UTF8')), 'hex') END $$;

CREATE OR REPLACE FUNCTION pg_catalog.nvl2(tested anyelement, otherwise_not_null anycompatible, when_null anycompatible)
RETURNS anycompatible LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN tested IS NOT NULL THEN otherwise_not_null ELSE when_null END $$;

-- SUPER and JSON --------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION pg_catalog.json_parse(value text) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT value::jsonb $$;

CREATE OR REPLACE FUNCTION pg_catalog.can_json_parse(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT value IS JSON $$;

CREATE OR REPLACE FUNCTION pg_catalog.is_valid_json(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT value IS JSON OBJECT $$;

CREATE OR REPLACE FUNCTION pg_catalog.json_serialize(value jsonb) RETURNS varchar LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT jsonb_out(value)::text::varchar $$;

CREATE OR REPLACE FUNCTION pg_catalog.json_typeof(value jsonb) RETURNS varchar LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT jsonb_typeof(value)::varchar $$;

CREATE OR REPLACE FUNCTION pg_catalog.is_object(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT jsonb_typeof(value) = 'object' $$;

CREATE OR REPLACE FUNCTION pg_catalog.is_array(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT jsonb_typeof(value) = 'array' $$;

CREATE OR REPLACE FUNCTION pg_catalog.get_array_length(value jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT CASE WHEN jsonb_typeof(value) = 'array' THEN jsonb_array_length(value) END $$;

-- A missing path is the empty string in Redshift, not null.
CREATE OR REPLACE FUNCTION pg_catalog.json_extract_path_text(value text, VARIADIC path text[]) RETURNS varchar
LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT coalesce(jsonb_extract_path_text(value::jsonb, VARIADIC path), '')::varchar $$;

-- A SUPER scalar becomes its bare value when cast to text, an object or array its JSON.
CREATE OR REPLACE FUNCTION redshift.super_text(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT value #>> '{}' $$;

CREATE OR REPLACE FUNCTION redshift.super_varchar(value jsonb) RETURNS varchar LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT (value #>> '{}')::varchar $$;

-- Comparisons of a SUPER value with another type are null when the value is of a different kind.
CREATE OR REPLACE FUNCTION redshift.super_number(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT CASE WHEN jsonb_typeof(value) = 'number' THEN value::numeric END $$;

CREATE OR REPLACE FUNCTION redshift.super_string(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT CASE WHEN jsonb_typeof(value) = 'string' THEN value #>> '{}' END $$;

CREATE OR REPLACE FUNCTION redshift.super_boolean(value jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT CASE WHEN jsonb_typeof(value) = 'boolean' THEN value::boolean END $$;

DO $do$
DECLARE
    operation record;
    other record;
BEGIN
    FOR other IN SELECT * FROM (VALUES ('numeric', 'number'), ('text', 'string'), ('boolean', 'boolean')) AS t(type, kind) LOOP
        FOR operation IN SELECT * FROM (VALUES ('=', 'eq'), ('<>', 'ne'), ('<', 'lt'), ('<=', 'le'), ('>', 'gt'), ('>=', 'ge')) AS t(sign, name) LOOP
            EXECUTE format('CREATE OR REPLACE FUNCTION redshift.super_%s(a jsonb, b %s) RETURNS boolean LANGUAGE sql IMMUTABLE AS $f$ SELECT redshift.super_%s(a) %s b $f$',
                operation.name, other.type, other.kind, operation.sign);
            EXECUTE format('CREATE OR REPLACE FUNCTION redshift.super_%s(a %s, b jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $f$ SELECT a %s redshift.super_%s(b) $f$',
                operation.name, other.type, operation.sign, other.kind);
            IF to_regoperator(format('pg_catalog.%s(jsonb,%s)', operation.sign, other.type)) IS NULL THEN
                EXECUTE format('CREATE OPERATOR pg_catalog.%s (FUNCTION = redshift.super_%s, LEFTARG = jsonb, RIGHTARG = %s)',
                    operation.sign, operation.name, other.type);
                EXECUTE format('CREATE OPERATOR pg_catalog.%s (FUNCTION = redshift.super_%s, LEFTARG = %s, RIGHTARG = jsonb)',
                    operation.sign, operation.name, other.type);
            END IF;
        END LOOP;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_cast WHERE castsource = 'jsonb'::regtype AND casttarget = 'varchar'::regtype) THEN
        CREATE CAST (jsonb AS varchar) WITH FUNCTION redshift.super_varchar(jsonb);
        CREATE CAST (jsonb AS text) WITH FUNCTION redshift.super_text(jsonb);
    END IF;
END $do$;

-- Table rules -----------------------------------------------------------------------------------------------------------

-- VARCHAR(n) counts bytes in Redshift: every such column gets a check, whichever statement made it.
CREATE OR REPLACE FUNCTION redshift.limit_bytes(target oid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    actions text;
BEGIN
    WITH wanted AS (
        SELECT a.attnum, a.attname, format('max_%s_bytes_in_%s', a.atttypmod - 4, left(a.attname, 40)) AS name,
            a.atttypmod - 4 AS bytes
        FROM pg_attribute a
        WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped
            AND a.atttypid = 'varchar'::regtype AND a.atttypmod > 4
    ), present AS (
        SELECT conname FROM pg_constraint WHERE conrelid = target AND contype = 'c' AND conname LIKE 'max\_%\_bytes\_in\_%'
    ), changes AS (
        SELECT format('DROP CONSTRAINT %I', conname) AS action FROM present
        WHERE conname NOT IN (SELECT name FROM wanted)
        UNION ALL
        SELECT format('ADD CONSTRAINT %I CHECK (octet_length(%I) <= %s)', name, attname, bytes) FROM wanted
        WHERE name NOT IN (SELECT conname FROM present)
    )
    SELECT string_agg(action, ', ') INTO actions FROM changes;
    IF actions IS NOT NULL THEN
        EXECUTE format('ALTER TABLE %s %s', target::regclass, actions);
    END IF;
END $$;

-- The marker constraint names the sort key; an index serves range filters as zone maps of sorted rows do. Not a BRIN
-- one: PostgreSQL puts new rows into gaps of old pages, and then many ranges hold today. It includes the short columns
-- that every row has, such as ids, for a query of those alone does not read the others in a store of columns.
CREATE OR REPLACE FUNCTION redshift.index_sort_key(target oid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    columns text;
    included text;
    sort_key smallint[];
    relation record;
BEGIN
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.position) INTO columns
    FROM pg_constraint c
        CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(attnum, position)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    WHERE c.conrelid = target AND c.conname = 'redshift_sortkey'
        AND EXISTS (
            SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod
            WHERE m.amname = 'btree' AND o.opcdefault
                AND o.opcintype = CASE a.atttypid WHEN 'varchar'::regtype THEN 'text'::regtype ELSE a.atttypid END);
    SELECT conkey INTO sort_key FROM pg_constraint WHERE conrelid = target AND conname = 'redshift_sortkey';
    IF NOT FOUND THEN
        RETURN;
    END IF;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT redshift_sortkey', target::regclass);
    SELECT relname, relpersistence INTO relation FROM pg_class WHERE oid = target;
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO included
    FROM pg_attribute a
    WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
        AND a.attnum <> ALL (sort_key) AND (a.attlen > 0 OR a.atttypid = 'varchar'::regtype AND a.atttypmod <= 64 + 4);
    IF columns IS NOT NULL AND relation.relpersistence <> 't' THEN
        EXECUTE format('CREATE INDEX %I ON %s (%s)%s',
            left(relation.relname, 50) || '_sortkey', target::regclass, columns, ' INCLUDE (' || included || ')');
    END IF;
END $$;

-- Rows of a few KB are neither compressed nor moved to a TOAST table, which would cost as much as the rest of a COPY.
CREATE OR REPLACE FUNCTION redshift.keep_in_line(target oid) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = target AND reloptions IS NOT NULL) THEN
        EXECUTE format('ALTER TABLE %s SET (toast_tuple_target = 8160)', target::regclass);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION redshift.apply_table_rules() RETURNS event_trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
DECLARE
    command record;
BEGIN
    IF coalesce(current_setting('redshift.applying_rules', true), '') = 'on' THEN
        RETURN;
    END IF;
    PERFORM set_config('redshift.applying_rules', 'on', true);
    FOR command IN
        SELECT DISTINCT d.objid, d.command_tag FROM pg_event_trigger_ddl_commands() d JOIN pg_class c ON c.oid = d.objid
        WHERE d.classid = 'pg_class'::regclass AND c.relkind = 'r' AND c.relnamespace <> 'redshift'::regnamespace
    LOOP
        PERFORM redshift.limit_bytes(command.objid);
        PERFORM redshift.index_sort_key(command.objid);
        PERFORM redshift.keep_in_line(command.objid);
        -- Redshift analyzes what a query made; without it, the joins that follow are planned as nested loops.
        IF command.command_tag IN ('CREATE TABLE AS', 'SELECT INTO') THEN
            EXECUTE format('ANALYZE %s', command.objid::regclass);
        END IF;
    END LOOP;
    PERFORM set_config('redshift.applying_rules', 'off', true);
END $$;

DROP EVENT TRIGGER IF EXISTS redshift_table_rules;

-- System tables and views -----------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS redshift.load_errors (
    starttime timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'),
    session integer NOT NULL DEFAULT pg_backend_pid(),
    table_name varchar(128) NOT NULL,
    filename varchar(1100) NOT NULL,
    line_number bigint NOT NULL,
    colname varchar(128) NOT NULL,
    err_reason varchar(500) NOT NULL
);

CREATE OR REPLACE VIEW pg_catalog.stl_load_errors AS
SELECT starttime, session, table_name, filename, line_number, colname, err_reason FROM redshift.load_errors;

-- The driver's DatabaseMetaData asks for these.
CREATE OR REPLACE VIEW pg_catalog.svv_external_schemas AS
SELECT NULL::oid AS esoid, NULL::integer AS eskind, NULL::varchar AS schemaname, NULL::integer AS esowner,
    NULL::varchar AS databasename, NULL::varchar AS esoptions WHERE false;

CREATE OR REPLACE VIEW pg_catalog.pg_proc_info AS
SELECT p.*, p.oid AS prooid, p.prokind AS prokind_info FROM pg_catalog.pg_proc p;

GRANT USAGE ON SCHEMA redshift TO PUBLIC;
GRANT SELECT ON pg_catalog.stl_load_errors, pg_catalog.svv_external_schemas, pg_catalog.pg_proc_info TO PUBLIC;

-- Last, so that it does not see the tables above being made.
CREATE EVENT TRIGGER redshift_table_rules ON ddl_command_end
WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE')
EXECUTE FUNCTION redshift.apply_table_rules();
