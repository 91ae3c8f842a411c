package org.citustenancy.spring.errors;

/**
 * A property that cannot be worked with.
 *
 * @param name its full name
 * @param reason why not, as the rest of a sentence that begins with the name
 * @param action what to do about it
 */
public record InvalidProperty(String name, String reason, String action) {

    /** The name and the reason. */
    @Override
    public String toString() {
        return name + " " + reason;
    }
}
