package org.citustenancy.spring.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** A repository of Spring Data on the primary project. */
public interface People extends JpaRepository<Person, Long> {}
