// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QString>

class QAction;
class QCompleter;
class QLineEdit;

/// What may be entered in a line edit, offered below it: those that hold what is typed, and all of them by the arrow in
/// it or the Down key. Anything else can be typed as well.
class Suggestions final : public QObject {
    Q_OBJECT

public:
    struct Item {
        QString value; ///< what is entered
        QString note; ///< what it is, beside it

        bool operator==(const Item &) const = default;
    };

    /// Belongs to `edit`.
    explicit Suggestions(QLineEdit *edit);

    void setItems(const QList<Item> &items);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showAll();

    QLineEdit *m_edit;
    QCompleter *m_completer;
    QAction *m_arrow;
    class Model;
    Model *m_model;
};
