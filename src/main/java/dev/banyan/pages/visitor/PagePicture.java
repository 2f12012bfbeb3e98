package dev.banyan.pages.visitor;

import module java.base;
import java.awt.image.BufferedImage;

/// A picture that is drawn of a page. Two that are equal look the same.
sealed interface PagePicture permits PageCard, PageIcon {

    /// Returns the path of the account's picture, if it has one.
    Optional<String> picture();

    /// @param face the decoded `picture`; without it initials are drawn
    byte[] png(Optional<BufferedImage> face);
}
