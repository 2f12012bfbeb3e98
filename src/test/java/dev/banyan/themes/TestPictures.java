package dev.banyan.themes;

import module java.base;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.platform.http.Downloads;
import dev.banyan.platform.http.LocalHttp;
import java.awt.image.BufferedImage;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;

/// Pictures without a server, fetched from this machine if a test serves them.
public final class TestPictures {

    private TestPictures() {}

    public static Pictures on(Database database, Quotas quotas, Clock clock, PictureNames... names) {
        Settings settings = Settings.forTests(Path.of("target", "test-pictures"));
        return new Pictures(
                database,
                FolderFiles.of(settings),
                settings,
                quotas,
                new PictureFetch(new Downloads(LocalHttp.client())),
                List.of(names),
                clock,
                new Uuids(clock));
    }

    /// Returns an animation.
    public static byte[] gif(int frames) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var output = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int frame = 0; frame < frames; frame++) {
                var image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
                writer.writeToSequence(new IIOImage(image, null, null), null);
            }
            writer.endWriteSequence();
        }
        return out.toByteArray();
    }
}
