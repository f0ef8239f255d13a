// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>
#include <QStyleOption>

#include <optional>

// How much room PennantStyle gives to controls and their parts.

/// Between the border of what one types into and its text.
constexpr int inputPadding = 8;

/// A line edit that stands alone; those inside of combo and spin boxes have no frame.
bool isFramedEdit(const QStyleOption *option, const QWidget *widget);

QRect comboBoxPart(const QStyleOption &option, QStyle::SubControl part);
QRect spinBoxPart(const QStyleOptionSpinBox &option, QStyle::SubControl part);
/// A slider over the whole length, without arrows.
QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part);

/// The size of a control around `contents`; `usual` is Fusion's.
QSize roomFor(QStyle::ContentsType type, const QStyleOption *option, const QSize &contents, const QSize &usual,
    const QWidget *widget);

/// Nothing where Fusion's will do.
std::optional<int> lengthOf(QStyle::PixelMetric metric, const QWidget *widget);
