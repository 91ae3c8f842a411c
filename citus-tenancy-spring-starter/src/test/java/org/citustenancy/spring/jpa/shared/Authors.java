package org.citustenancy.spring.jpa.shared;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/** Queries of each kind, which Spring Data checks when the application starts. */
public interface Authors extends JpaRepository<Author, Long> {

    List<Author> findByNameStartingWith(String prefix);

    @Query("select a.name from Author a order by a.id")
    List<String> names();

    @NativeQuery("select name from author order by id")
    List<String> nativeNames();
}
