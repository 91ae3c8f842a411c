package com.example;

import org.citustenancy.embedded.EmbeddedCluster;

/** A cluster for the other consumers, which runs until its standard input ends. */
class Cluster {

    public static void main(String... arguments) throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.builder().workers(2).start()) {
            System.out.println("URL " + cluster.jdbcUrl("postgres"));
            System.out.println("ADMIN " + cluster.adminUser());
            System.out.println("PASSWORD " + cluster.adminPassword());
            System.out.println("CITUS " + cluster.hasCitus());
            System.in.transferTo(System.out);
        }
    }
}
