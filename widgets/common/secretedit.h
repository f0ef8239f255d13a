// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

/// A line edit whose text leaves it by copySecret() alone: what is copied or cut from it is marked for clipboard
/// managers and taken off again, and what is selected never becomes the primary selection, which every program may read
/// at once. While it is masked nothing can be copied at all.
class SecretEdit final : public QLineEdit {
    Q_OBJECT

public:
    using QLineEdit::QLineEdit;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    bool isReadable() const { return echoMode() == Normal; }
    void copySelection();
    void cutSelection();
};
