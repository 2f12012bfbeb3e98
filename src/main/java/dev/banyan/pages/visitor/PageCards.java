package dev.banyan.pages.visitor;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.Digests;
import dev.banyan.platform.PackedFile;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.themes.Pictures;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The preview pictures and icons of pages: drawn once, and cached by their content.
@Singleton
final class PageCards {

    private static final String ICONS = "/media/icon/";
    private static final int KEPT_BYTES = 16 * 1024 * 1024;
    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "public, max-age=3600",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'");

    private final Settings settings;
    private final Pictures pictures;
    private final Cache<PagePicture, ReadyBytes> drawn = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((PagePicture picture, ReadyBytes bytes) -> bytes.size())
            .build();
    private final ReadyBytes prepared = ready(PackedFile.bytes(PageCards.class, "public-card.png"));
    /// Only one at a time, so that requests for many pictures don't use up the server's CPU.
    private final ReentrantLock drawing = new ReentrantLock();

    PageCards(Settings settings, Pictures pictures) {
        this.settings = settings;
        this.pictures = pictures;
    }

    /// Returns the path of the picture, with a part that changes with its content.
    static String path(PublicContent content) {
        return versioned(content.page().previewPath(), PageCard.of(content, ""));
    }

    /// Does the same for the icon.
    static String iconPath(PublicContent content) {
        return versioned(ICONS + content.page().id() + ".png", PageIcon.of(content));
    }

    private static String versioned(String path, PagePicture picture) {
        return path + "?v=" + Digests.sha256Hex(picture.toString()).substring(0, 8);
    }

    ReadyBytes of(PublicContent content) {
        return drawn(PageCard.of(content, settings.publicHost()));
    }

    ReadyBytes icon(PublicContent content) {
        return drawn(PageIcon.of(content));
    }

    private ReadyBytes drawn(PagePicture picture) {
        ReadyBytes kept = drawn.getIfPresent(picture);
        return kept != null ? kept : draw(picture);
    }

    private ReadyBytes draw(PagePicture card) {
        drawing.lock();
        try {
            ReadyBytes meanwhile = drawn.getIfPresent(card);
            if (meanwhile != null) {
                return meanwhile;
            }
            ReadyBytes bytes = ready(card.png(card.picture().flatMap(this::face)));
            drawn.put(card, bytes);
            return bytes;
        } catch (RuntimeException | LinkageError failure) {
            // Java can't draw text without any system font.
            Log.warnf("Sending a preview picture without text, because none can be drawn: %s", failure);
            return card instanceof PageIcon icon ? ready(icon.plain()) : prepared;
        } finally {
            drawing.unlock();
        }
    }

    private Optional<BufferedImage> face(String path) {
        return pictures.read(path).flatMap(bytes -> {
            try {
                return Optional.ofNullable(
                        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))));
            } catch (IOException failure) {
                Log.warnf("Drawing the preview picture without the picture of its page: %s", failure);
                return Optional.empty();
            }
        });
    }

    private static ReadyBytes ready(byte[] png) {
        return ReadyBytes.of(200, "image/png", png, HEADERS);
    }
}
