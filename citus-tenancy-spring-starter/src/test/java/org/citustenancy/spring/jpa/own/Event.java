package org.citustenancy.spring.jpa.own;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity of one project. */
@Entity
@Table(name = "events")
public class Event {

    @Id
    private long id;

    private String kind;

    protected Event() {}

    Event(long id, String kind) {
        this.id = id;
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
