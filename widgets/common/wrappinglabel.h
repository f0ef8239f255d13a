// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

/// Plain text that wraps between words, and inside of a word that is wider than the label: nothing of it is ever cut.
class WrappingLabel final : public QLabel {
    Q_OBJECT

public:
    explicit WrappingLabel(QWidget *parent = nullptr);

    /// Keeps the room that `text` takes where the label is `wider` by so much, whatever it shows.
    void setRoomFor(const QString &text, int wider = 0);

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_roomFor;
    int m_wider = 0;
};
