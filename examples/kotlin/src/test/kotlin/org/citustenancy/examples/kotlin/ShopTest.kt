package org.citustenancy.examples.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.citustenancy.testing.RequiresCluster
import org.citustenancy.testing.TestCluster
import org.junit.jupiter.api.Test

/** The code of README.md, on real nodes. */
@RequiresCluster
class ShopTest {

    @Test
    fun `the table's shards lie on both workers, after a second run too`(nodes: TestCluster) {
        val url = nodes.embedded().jdbcUrl("postgres")
        shop(url, nodes.embedded().adminPassword(), "ShopPassword123!")
        val shards = shop(url, nodes.embedded().adminPassword(), "ShopPassword123!")

        assertThat(shards.keys)
            .containsExactlyInAnyOrderElementsOf(nodes.embedded().workers().map { "${it.name()}:${it.port()}" })
        assertThat(shards.values).containsOnly(4)
    }
}
