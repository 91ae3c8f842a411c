package org.citustenancy.reports.advice;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * Recommends a distribution model for the tenants of a project, by their number.
 *
 * <pre>{@code
 * DistributionAdvisor.STANDARD.advise(50_000).model();   // ROW_BASED
 * }</pre>
 *
 * @param mostSchemas the most tenants for which a schema each is recommended
 * @see <a href="https://docs.citusdata.com/en/stable/get_started/concepts.html#sharding-models">Sharding models</a>
 */
public record DistributionAdvisor(long mostSchemas) {

    /** Recommends up to ten thousand schemas, as the documentation of Citus does. */
    public static final DistributionAdvisor STANDARD = new DistributionAdvisor(10_000);

    /** Rejects numbers that do not allow a decision. */
    public DistributionAdvisor {
        if (mostSchemas < 0) {
            throw new InvalidRequestException(
                    Failure.of("There are no " + mostSchemas + " schemas").fix("give zero or more"));
        }
    }

    /** The distribution model of tenants. */
    public enum Model {
        /** All tenants in the same tables, distributed by a column that identifies the tenant of a row. */
        ROW_BASED,
        /** A distributed schema for each tenant. */
        SCHEMA_BASED
    }

    /**
     * A recommendation.
     *
     * @param model the model
     * @param explanation the reason
     */
    public record Advice(Model model, String explanation) {}

    /**
     * Recommends a model for a number of tenants.
     *
     * @param tenants the current or expected number
     * @return the advice
     * @throws InvalidRequestException if it is not positive
     */
    public Advice advise(long tenants) {
        if (tenants < 1) {
            throw new InvalidRequestException(Failure.of("Nothing is to be distributed for " + tenants + " tenants")
                    .fix("give at least 1"));
        }
        return tenants <= mostSchemas
                ? new Advice(
                        Model.SCHEMA_BASED,
                        tenants + " tenants are no more than " + mostSchemas
                                + ", which schemas are good for: tables and "
                                + "queries stay as they are, and each tenant may have other tables; queries over several "
                                + "tenants are not run in parallel")
                : new Advice(
                        Model.ROW_BASED,
                        tenants + " tenants are more than " + mostSchemas
                                + ", which schemas are good for: put all into "
                                + "the same tables, distributed by the tenant's column, which every table, key and query "
                                + "must have then");
    }
}
