// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

/// Plain text that wraps between words, and inside of a word that is wider than the label: nothing of it is cut, unless
/// its room is fixed.
class WrappingLabel final : public QLabel {
    Q_OBJECT

public:
    explicit WrappingLabel(QWidget *parent = nullptr);

    struct Kept {
        QString text;
        int wider = 0; ///< so much more than the label has the text to itself

        bool operator==(const Kept &) const = default;
    };
    /// Takes the room that the highest of these needs, whatever is shown: more than that ends in an ellipsis, and
    /// stands whole in the tooltip. None: as much as is shown.
    void setRoomFor(const QList<Kept> &texts);
    bool isElided() const;

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Kept> m_roomFor;
};
