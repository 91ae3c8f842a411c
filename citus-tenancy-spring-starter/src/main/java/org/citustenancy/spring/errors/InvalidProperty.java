package org.citustenancy.spring.errors;

/**
 * An invalid property.
 *
 * @param name its full name
 * @param reason the reason, as the rest of a sentence that begins with the name
 * @param action the solution
 */
public record InvalidProperty(String name, String reason, String action) {

    /** Returns the name and the reason. */
    @Override
    public String toString() {
        return name + " " + reason;
    }
}
