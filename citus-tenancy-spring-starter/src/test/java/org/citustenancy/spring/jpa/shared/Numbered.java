package org.citustenancy.spring.jpa.shared;

/** An entity whose identifier is generated. */
public interface Numbered {

    /** Returns the identifier. */
    Long id();
}
