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

    /// Where the cluster has runtimes, as far as is known.
    void setFound(const QStringList &nameSpaces);
    void openMenu();

Q_SIGNALS:
    void chosen(const QString &nameSpace);

private:
    void fill(QMenu &menu);
    void askForAnother();

    QString m_nameSpace;
    QStringList m_found;
};
