// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/namespacebutton.h"

#include "app/namespacedialog.h"
#include "widgets/common/look.h"

#include <QActionGroup>
#include <QMenu>

namespace {

const QString menuName = QStringLiteral("namespaceMenu");

} // namespace

NamespaceButton::NamespaceButton(const QString &nameSpace, QWidget *parent)
    : QPushButton(tr("in %1").arg(nameSpace), parent)
    , m_nameSpace(nameSpace)
{
    setObjectName(QStringLiteral("namespaceButton"));
    setProperty("flat", true);
    setAccessibleName(tr("Namespace of Messaging: %1").arg(nameSpace));
    setToolTip(tr("Messaging in namespace %1. Press to look at another one.").arg(nameSpace));
    connect(this, &QPushButton::clicked, this, &NamespaceButton::openMenu);
}

void NamespaceButton::setFound(const QStringList &nameSpaces, bool isNoneHere)
{
    if (m_found == nameSpaces && m_isNoneHere == isNoneHere)
        return;
    m_found = nameSpaces;
    m_isNoneHere = isNoneHere;
    if (auto *menu = findChild<QMenu *>(menuName)) {
        menu->clear();
        fill(*menu);
    }
}

void NamespaceButton::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(menuName);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fill(*menu);
    menu->popup(mapToGlobal(QPoint(0, height())));
    Q_EMIT opened();
}

void NamespaceButton::fill(QMenu &menu)
{
    QStringList offered = m_found;
    if (!offered.contains(m_nameSpace))
        offered.append(m_nameSpace);
    auto *group = new QActionGroup(&menu);
    for (const QString &nameSpace : std::as_const(offered)) {
        const bool isEmpty = nameSpace == m_nameSpace && m_isNoneHere;
        const QString text = isEmpty ? tr("%1 (NATS is not enabled there)").arg(nameSpace) : nameSpace;
        QAction *action = menu.addAction(text, this, [this, nameSpace] { Q_EMIT chosen(nameSpace); });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(nameSpace == m_nameSpace);
    }
    menu.addSeparator();
    menu.addAction(tr("&Another namespace…"), this, &NamespaceButton::askForAnother);
}

void NamespaceButton::askForAnother()
{
    auto *dialog = new NamespaceDialog(m_nameSpace, this); // asks for this cluster, and goes with it
    connect(dialog, &NamespaceDialog::chosen, this, &NamespaceButton::chosen);
    dialog->open();
}
