package org.citustenancy.spring.jpa.shared;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** An author, whose books are loaded at their first use. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Author {

    @Id
    private long id;

    private String name;

    @OneToMany(cascade = CascadeType.ALL)
    @JoinColumn(name = "author_id")
    private final List<Book> books = new ArrayList<>();

    protected Author() {}

    public Author(long id, String name) {
        this.id = id;
        this.name = name;
        books.add(new Book(id, "of " + name));
    }

    public String name() {
        return name;
    }

    public List<Book> books() {
        return books;
    }
}
