package org.citustenancy.embedded.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Provider;
import org.citustenancy.embedded.internal.fleet.ServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** Provides containers of the Citus image. */
public final class DockerCitus implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(DockerCitus.class);

    private static final long PULL_MINUTES = 10;

    private final DockerImageName image;

    /**
     * @throws IllegalArgumentException if it is not a valid name of an image
     */
    public DockerCitus(String image) {
        this.image = DockerImageName.parse(image);
        this.image.assertValid();
    }

    @Override
    public Found find() throws UnavailableException, InterruptedException {
        Optional<String> absence = EngineTraces.ofThisMachine().absence();
        if (absence.isPresent()) {
            // Testcontainers would detect the same, but would log it as an error.
            throw new UnavailableException(absence.get());
        }
        try {
            return UninterruptibleTask.start(this::engine).orLeave();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new UnavailableException("the Docker engine cannot be used: " + new Causes(failure).text(), failure);
        }
    }

    private Found engine() throws UnavailableException, InterruptedException {
        // A separate client, because the client of Testcontainers starts its reaper first, which takes two minutes if
        // images are unavailable.
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
        requireImage(client);
        DockerClientFactory.instance().client();
        return new Engine(image, client.versionCmd().exec().getVersion());
    }

    private void requireImage(DockerClient client) throws UnavailableException, InterruptedException {
        DockerImageName name = ImageNameSubstitutor.instance().apply(image);
        try {
            client.inspectImageCmd(name.asCanonicalNameString()).exec();
            return;
        } catch (NotFoundException notHereYet) {
            LOG.info("Pulling {}; this is done once", name);
        }
        try {
            boolean pulled = client.pullImageCmd(name.getUnversionedPart())
                    .withTag(name.getVersionPart())
                    .exec(new PullImageResultCallback())
                    .awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
            if (!pulled) {
                throw new UnavailableException(
                        "the image " + name + " has not been pulled within " + PULL_MINUTES + " minutes");
            }
        } catch (RuntimeException failure) {
            throw new UnavailableException(
                    "the image " + name + " is not on the Docker engine and cannot be pulled: "
                            + new Causes(failure).text(),
                    failure);
        }
    }

    private record Engine(DockerImageName image, String version) implements Found {

        @Override
        public String description() {
            return image + " on Docker engine " + version;
        }

        @Override
        public boolean hasCitus() {
            return true;
        }

        @Override
        public Fleet open(FleetOptions options) throws ServerException {
            return DockerFleet.open(image, options);
        }
    }
}
