// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include <optional>

/// Where a payload is typed. Gives back what was entered character by character: no-break spaces stay, and Return and
/// Shift+Return are newlines.
class PayloadEdit final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// Characters that one paste or drop may bring; more is for a file.
    static constexpr qsizetype mostPasted = 1024 * 1024;

    explicit PayloadEdit(QWidget *parent = nullptr);

    /// In UTF-8.
    QByteArray payload() const;

Q_SIGNALS:
    /// Nothing of it was taken.
    void tooMuchPasted();

protected:
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    mutable std::optional<QByteArray> m_payload; ///< until the text changes
};
