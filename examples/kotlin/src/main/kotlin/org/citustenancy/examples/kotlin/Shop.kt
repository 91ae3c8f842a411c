package org.citustenancy.examples.kotlin

import java.sql.DriverManager
import org.citustenancy.CitusCluster
import org.citustenancy.users.Secret

/** Creates the project of a shop with a distributed table, and returns the number of its shards on each node. */
fun shop(coordinatorUrl: String, adminPassword: String, shopPassword: String): Map<String, Int> =
    // begin kotlin-shop
    CitusCluster.connect(coordinatorUrl, "postgres", Secret.of(adminPassword)).use { cluster ->
        val shop = cluster.project("shop").withUser("shop_user", Secret.of(shopPassword)).create()
        val info = shop.connection("shop_user")
        DriverManager.getConnection(info.jdbcUrl(), info.user(), shopPassword).use { connection ->
            connection.createStatement().execute("CREATE TABLE IF NOT EXISTS users (id bigserial PRIMARY KEY, email text)")
        }
        shop.tables().distribute("users", "id") { it.shardCount(8) }
        shop.tables().shardsPerNode()
    }
    // end kotlin-shop
