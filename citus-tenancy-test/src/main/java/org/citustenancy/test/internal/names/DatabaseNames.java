package org.citustenancy.test.internal.names;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The names of one source of test databases: {@code <name>_<digest>} is its template's, {@code <name>_<digest>_<process>_<n>}
 * that of a copy. So what a process has left can be distinguished from what another still uses.
 */
public final class DatabaseNames {

    private static final int DIGITS_OF_DIGEST = 10;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private final String name;
    private final String template;
    private final String process;
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Names.
     *
     * @param name what the caller calls them
     * @param digest of what they are prepared with, in hexadecimal digits
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

    /** The template's name. */
    public String template() {
        return template;
    }

    /**
     * The role that owns the template and its copies.
     *
     * @return a role's name
     */
    public String owner() {
        return template + "_owner";
    }

    /**
     * The next copy's name.
     *
     * @return a database's name that was not given before
     */
    public String next() {
        return template + "_" + process + "_" + numbers.incrementAndGet();
    }

    /**
     * The process that made a database, if it is a copy of a template of this name, with any preparation.
     *
     * @return what distinguishes it from others
     */
    public Optional<String> processOf(String database) {
        Matcher copy = matcher("([0-9a-f]+)_[0-9]+", database);
        return copy.matches() ? Optional.of(copy.group(1)) : Optional.empty();
    }

    /**
     * Whether a database is a template of this name, prepared with something else.
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
