// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

#include <optional>

class QApplication;
class QPalette;

/// What a colour stands for where something is a state: goes with a word or a shape, never alone.
enum class Tone { Neutral, Accent, Good, Warning, Bad };

/// The visual language: colours by role, type, and space. GUI thread.
///
/// Colours follow the desktop: its light or dark ones of ours, or, where a person has chosen a high-contrast or own
/// palette, colours derived from that palette. Whoever keeps a colour renews it on QEvent::PaletteChange; a widget that
/// asks while painting needs nothing.
class Look final {
public:
    enum class Scheme { Light, Dark };

    enum Role {
        Window,
        Side,
        Surface,
        HeaderRow,
        Line,
        FaintLine,
        Selection,
        Text,
        SoftText,
        FaintText,
        Accent,
        AccentGround,
        OnAccent,
        Good,
        GoodGround,
        Warning,
        WarningGround,
        Bad,
        BadGround,
        Series1,
        Series2,
        Series3,
        Series4,
        Series5,
        RoleCount,
    };

    // Device-independent pixels.
    static constexpr int spaceXs = 4;
    static constexpr int spaceS = 8;
    static constexpr int spaceM = 12;
    static constexpr int spaceL = 16;
    static constexpr int spaceXl = 24;
    static constexpr int spaceXxl = 32;
    static constexpr int pageMargin = 16;
    static constexpr int cardGap = 12;
    static constexpr int cardPadding = 14;
    static constexpr int controlHeight = 30;
    static constexpr int rowHeight = 32;
    static constexpr int headerHeight = 30;
    static constexpr int tabHeight = 36;
    static constexpr int topHeight = 48;
    static constexpr int statusHeight = 28;
    static constexpr int sideWidth = 228;
    static constexpr int detailWidth = 376;
    static constexpr int controlRadius = 6;
    static constexpr int cardRadius = 8;

    /// Gives the application its style, colours and fonts; to be called once, before the first widget. Without a scheme
    /// the desktop's is followed, also when it changes.
    static void install(QApplication &application, std::optional<Scheme> scheme = {});
    /// Changes the scheme while running; nothing: follow the desktop again.
    static void apply(QApplication &application, std::optional<Scheme> scheme);

    static Scheme scheme();
    static QColor color(Role role);
    static QColor toneColor(Tone tone);
    static QColor toneGround(Tone tone);

    static QFont bodyFont();
    static QFont captionFont();
    /// Medium: names.
    static QFont nameFont();
    /// Body size, semi-bold: titles of cards, the current step.
    static QFont titleFont();
    static QFont sectionFont();
    static QFont figureFont();
    /// What one would copy or type: subjects, hosts, log lines.
    static QFont fixedFont();

    /// For PennantStyle: decides on the colours from the desktop's palette and turns it into ours.
    static void adoptPalette(QPalette &palette);
};
