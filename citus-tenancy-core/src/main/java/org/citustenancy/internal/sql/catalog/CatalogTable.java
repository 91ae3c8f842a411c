package org.citustenancy.internal.sql.catalog;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;

import org.citustenancy.internal.shaded.jooq.DataType;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.shaded.jooq.impl.TableImpl;

/** A table or view with typed columns. */
abstract class CatalogTable extends TableImpl<Record> {

    private static final long serialVersionUID = 1L;

    private final String qualified;

    CatalogTable(String schema, String table) {
        super(name(table), DSL.schema(name(schema)));
        this.qualified = schema + "." + table;
    }

    /** Creates the same table under another name, for a statement that needs it twice. */
    CatalogTable(String alias, CatalogTable table) {
        super(name(alias), table.getSchema(), table);
        this.qualified = table.qualified;
    }

    /**
     * Returns the number by which other catalogs refer to this one, such as {@code pg_depend.classid}.
     *
     * @return its {@code oid}, as a constant
     */
    public final Field<Long> regclass() {
        return DSL.field("{0}::pg_catalog.regclass", SQLDataType.BIGINT, DSL.inline(qualified));
    }

    final <T> TableField<Record, T> column(String column, DataType<T> type) {
        return createField(name(column), type, this);
    }
}
