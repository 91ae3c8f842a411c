package org.citustenancy.embedded.internal.postgres;

import java.util.List;
import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Provider;
import org.citustenancy.embedded.internal.fleet.ServerException;

/** Servers of a PostgreSQL installation of this machine in which Citus is installed. */
public final class LocalCitus implements Provider {

    @Override
    public String name() {
        return "local installation";
    }

    @Override
    public Found find() throws UnavailableException, InterruptedException {
        List<PostgresInstallation> installations = PostgresInstallations.all();
        if (installations.isEmpty()) {
            throw new UnavailableException(
                    "no PostgreSQL server is installed (looked at PATH, pg_config and" + " /usr/lib/postgresql)");
        }
        return installations.stream()
                .filter(installation -> installation.citus().isPresent())
                .findFirst()
                .<Found>map(Installed::new)
                .orElseThrow(() -> new UnavailableException(String.join(
                        ", ",
                        installations.stream()
                                .map(PostgresInstallation::description)
                                .toList())));
    }

    private record Installed(PostgresInstallation installation) implements Found {

        @Override
        public String description() {
            return installation.description();
        }

        @Override
        public boolean hasCitus() {
            return true;
        }

        @Override
        public Fleet open(FleetOptions options) throws ServerException, InterruptedException {
            return LocalFleet.open(installation, options);
        }
    }
}
