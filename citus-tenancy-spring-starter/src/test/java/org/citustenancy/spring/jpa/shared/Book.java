package org.citustenancy.spring.jpa.shared;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A book of an author. */
@Entity
public class Book {

    @Id
    private long id;

    private String title;

    protected Book() {}

    Book(long id, String title) {
        this.id = id;
        this.title = title;
    }

    public String title() {
        return title;
    }
}
