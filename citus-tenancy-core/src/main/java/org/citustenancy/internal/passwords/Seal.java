package org.citustenancy.internal.passwords;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Seals a secret text for a node that has the same key: combines it with a key stream from SHA-256 over the key. {@code
 * AdminPasswordStatements} opens it on the node. The number that begins the stream depends on the text, so that no two
 * texts share one.
 */
public final class Seal {

    private static final int BLOCK = 32;

    private Seal() {}

    /**
     * A sealed text, which may appear in a log.
     *
     * @param number the start of the key stream
     * @param text the sealed text, in hexadecimal
     */
    public record Sealed(String number, String text) {}

    /**
     * Seals a text.
     *
     * @return a text that only the key opens
     */
    public static Sealed with(String key, String text) {
        String number = Verifier.digest(key + text);
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        for (int block = 0; block * BLOCK < data.length; block++) {
            byte[] stream = HexFormat.of().parseHex(Verifier.digest(key + number + block));
            for (int index = block * BLOCK; index < Math.min(data.length, (block + 1) * BLOCK); index++) {
                data[index] ^= stream[index % BLOCK];
            }
        }
        return new Sealed(number, HexFormat.of().formatHex(data));
    }
}
