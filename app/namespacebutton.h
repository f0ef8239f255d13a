// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QStringList>

class QMenu;

/// Says in which namespace of the cluster Messaging is looked at, and leads to another one: those with a runtime, or
/// one that a person names.
class NamespaceButton final : public QPushButton {
    Q_OBJECT

public:
    explicit NamespaceButton(const QString &nameSpace, QWidget *parent = nullptr);

    /// Where the cluster has runtimes, as far as is known; `isNoneHere`: in the one that is looked at there is none.
    void setFound(const QStringList &nameSpaces, bool isNoneHere);
    void openMenu();

Q_SIGNALS:
    void chosen(const QString &nameSpace);
    /// Somebody reads where there are runtimes.
    void opened();

private:
    void fill(QMenu &menu);
    void askForAnother();

    QString m_nameSpace;
    QStringList m_found;
    bool m_isNoneHere = false;
};
