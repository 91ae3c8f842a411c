import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Writes the classes of jOOQ, and of the two libraries without which they cannot be loaded, under packages of this library. The
 * build runs it from source: {@code java -cp <ASM> Relocation.java <directory> <jar of jOOQ> <other jar>...}
 *
 * <p>What a class has as text moves too: names of classes, resources and system properties, so that what an application sets for
 * its own jOOQ is not for this one. Two things change beside the names, and it is an error if one of them is not there:
 *
 * <ul>
 *   <li>nothing below a warning is logged: no logo, no tips, no statements;
 *   <li>{@code /jooq-settings.xml} is looked for in the package of the relocated classes, where there is none.
 * </ul>
 */
class Relocation {

    private static final String TARGET = "org/citustenancy/internal/shaded/";

    /** By the beginning of the names of classes. */
    private static final Map<String, String> PACKAGES = new LinkedHashMap<>();

    static {
        PACKAGES.put("org/jooq/", TARGET + "jooq/");
        PACKAGES.put("io/r2dbc/spi/", TARGET + "r2dbc/");
        PACKAGES.put("org/reactivestreams/", TARGET + "reactivestreams/");
    }

    private static final String SETTINGS = "/jooq-settings.xml";
    private static final String LOGGER = "org/jooq/tools/JooqLogger";

    private final Path directory;
    private final Map<String, Integer> changes = new TreeMap<>();

    private Relocation(Path directory) {
        this.directory = directory;
    }

    public static void main(String... arguments) throws IOException {
        Relocation relocation = new Relocation(Path.of(arguments[0]));
        for (int number = 1; number < arguments.length; number++) {
            relocation.relocate(Path.of(arguments[number]));
        }
        relocation.check();
    }

    private void relocate(Path jar) throws IOException {
        String library = jar.getFileName().toString().replaceFirst("-\\d.*", "");
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (entry.isDirectory() || name.equals("META-INF/MANIFEST.MF") || name.endsWith("module-info.class")) {
                    continue;
                }
                try (InputStream content = file.getInputStream(entry)) {
                    if (name.endsWith(".class")) {
                        write(moved(name), relocated(content.readAllBytes()));
                    } else if (name.startsWith("META-INF/maven/")) {
                        write(name, content.readAllBytes());
                    } else if (name.startsWith("META-INF/")) {
                        // Licence and notices, beside those of the others.
                        write("META-INF/" + library + name.substring("META-INF".length()), content.readAllBytes());
                    }
                    // The rest is XML schemas and an SQL script, which are for tools that are not used.
                }
            }
        }
    }

    private void check() {
        for (String changed : List.of(SETTINGS, LOGGER)) {
            if (changes.getOrDefault(changed, 0) != 1) {
                throw new IllegalStateException(changed + " is changed " + changes.getOrDefault(changed, 0)
                        + " times, and not once: see what this version of jOOQ does instead");
            }
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private byte[] relocated(byte[] original) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(original).accept(new ClassRemapper(new Texts(writer), new Names()), 0);
        return writer.toByteArray();
    }

    /** The name of a class or a resource where it is now. */
    private static String moved(String name) {
        for (Map.Entry<String, String> each : PACKAGES.entrySet()) {
            if (name.startsWith(each.getKey())) {
                return each.getValue() + name.substring(each.getKey().length());
            }
        }
        return name;
    }

    /** A text that begins as the name of a class or of a system property, or that has names of classes as descriptors do. */
    private static Object movedConstant(Object constant) {
        if (!(constant instanceof String text)) {
            return constant;
        }
        for (Map.Entry<String, String> each : PACKAGES.entrySet()) {
            String begin = each.getKey().replace('/', '.');
            if (text.startsWith(begin)) {
                return each.getValue().replace('/', '.') + text.substring(begin.length());
            }
            text = text.replaceAll("(?<=^|^/|[L;(\\[])" + each.getKey(), each.getValue());
        }
        return text;
    }

    private static final class Names extends Remapper {

        Names() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String name) {
            return moved(name);
        }
    }

    /** Comes behind the renaming of classes, which leaves texts as they are. */
    private final class Texts extends ClassVisitor {

        private String type = "";

        Texts(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String... interfaces) {
            type = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            return super.visitField(access, name, descriptor, signature, movedConstant(value));
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String... exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {

                @Override
                public void visitLdcInsn(Object value) {
                    if (value.equals(SETTINGS)) {
                        changes.merge(SETTINGS, 1, Integer::sum);
                        super.visitLdcInsn("/" + TARGET + "jooq" + SETTINGS);
                    } else {
                        super.visitLdcInsn(movedConstant(value));
                    }
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
                    boolean leastLevel = type.equals(moved(LOGGER))
                            && name.equals("<clinit>")
                            && field.equals("TRACE");
                    if (leastLevel) {
                        changes.merge(LOGGER, 1, Integer::sum);
                    }
                    super.visitFieldInsn(opcode, owner, leastLevel ? "WARN" : field, descriptor);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String called, String descriptor, Handle bootstrap, Object... arguments) {
                    super.visitInvokeDynamicInsn(
                            called,
                            descriptor,
                            bootstrap,
                            Stream.of(arguments).map(Relocation::movedConstant).toArray());
                }
            };
        }
    }
}
