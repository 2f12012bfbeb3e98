package dev.banyan.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// The native code of the SQLite driver, unpacked once for each version.
///
/// The driver alone unpacks it at every start, compares both copies byte by byte, and leaves its copy behind in the
/// folder for temporary files when the process is killed.
public final class SqliteLibrary {

    private SqliteLibrary() {}

    /// Must come before the first connection of the process, and only where one class loader uses the driver: Java
    /// loads a library once. Where it does not work, the driver goes its own way.
    public static void unpack(Path folder) {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = folder.resolve(SQLiteJDBCLoader.getVersion() + "-" + name);
        try (var packed =
                SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (packed == null) {
                return;
            }
            if (!Files.exists(library)) {
                Files.createDirectories(folder);
                Path fresh = Files.createTempFile(folder, "sqlite", ".new");
                Files.copy(packed, fresh, StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
            }
            System.setProperty("org.sqlite.lib.path", folder.toString());
            System.setProperty("org.sqlite.lib.name", library.getFileName().toString());
        } catch (IOException _) {
            // The folder cannot be written: opening the database says so better.
        }
    }
}
