package org.citustenancy.test.internal.names;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The names of one source of test databases: {@code <name>_<digest>} for its template,
 * {@code <name>_<digest>_<process>_<n>} for a copy. They distinguish the databases of dead processes from databases in
 * use.
 */
public final class DatabaseNames {

    private static final int DIGITS_OF_DIGEST = 10;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private final String name;
    private final String template;
    private final String process;
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Creates the names.
     *
     * @param name the prefix that the caller chose
     * @param digest the digest of the preparation, in hexadecimal digits
     * @param process distinguishes this source from every other, in hexadecimal digits
     */
    public DatabaseNames(String name, String digest, String process) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException(Failure.of("Test databases cannot be called \"" + name + "\"")
                    .state("nothing was touched")
                    .fix("start with a small letter and go on with at most 29 of those, digits and underscores"));
        }
        this.name = name;
        this.template = name + "_" + digest.substring(0, DIGITS_OF_DIGEST);
        this.process = process;
    }

    /** Returns the template's name. */
    public String template() {
        return template;
    }

    /**
     * Returns the role that owns the template and its copies.
     *
     * @return a role's name
     */
    public String owner() {
        return template + "_owner";
    }

    /**
     * Returns the name of the next copy.
     *
     * @return a database's name that was not used before
     */
    public String next() {
        return template + "_" + process + "_" + numbers.incrementAndGet();
    }

    /**
     * Returns the process that created a database, if the database is a copy of a template of this name, with any
     * preparation.
     *
     * @return the unique id of the process
     */
    public Optional<String> processOf(String database) {
        Matcher copy = matcher("([0-9a-f]+)_[0-9]+", database);
        return copy.matches() ? Optional.of(copy.group(1)) : Optional.empty();
    }

    /**
     * Returns whether a database is a template of this name with another preparation.
     *
     * @return true if it is
     */
    public boolean isOtherTemplate(String database) {
        return !database.equals(template)
                && Pattern.matches(Pattern.quote(name) + "_[0-9a-f]{" + DIGITS_OF_DIGEST + "}", database);
    }

    private Matcher matcher(String rest, String database) {
        return Pattern.compile(Pattern.quote(name) + "_[0-9a-f]{" + DIGITS_OF_DIGEST + "}_" + rest)
                .matcher(database);
    }
}
