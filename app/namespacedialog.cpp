// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/namespacedialog.h"

#include "services/domain/namespacename.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"
#include "widgets/common/typinglimit.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

NamespaceDialog::NamespaceDialog(const QString &current, QWidget *parent)
    : QuestionDialog(tr("Messaging in another namespace"),
        tr("NATS that was enabled there is shown. Where there is none, it can be enabled there in Settings; the "
           "namespace is made then, if it doesn't exist."),
        parent)
    , m_edit(new QLineEdit(current, this))
    , m_field(new Field(tr("&Namespace"), m_edit, this))
    , m_show(new QPushButton(tr("&Show"), this))
{
    setObjectName(QStringLiteral("namespaceDialog"));
    m_edit->setObjectName(QStringLiteral("namespaceEdit"));
    limitTyping(m_edit);
    m_edit->selectAll();
    m_show->setObjectName(QStringLiteral("showNamespaceButton"));
    m_show->setProperty("primary", true);
    m_show->setDefault(true);
    auto *cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelNamespaceButton"));
    cancel->setAutoDefault(false);
    body()->addSpacing(Look::spaceS);
    body()->addWidget(m_field);
    addButtons(cancel, m_show);
    setTabOrder(m_edit, cancel);
    connect(m_edit, &QLineEdit::textChanged, this, &NamespaceDialog::judge);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_show, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(m_edit->text()); });
    judge();
}

void NamespaceDialog::judge()
{
    const QString problem = namespaceNameProblem(m_edit->text());
    m_field->setError(m_edit->text().isEmpty() ? QString() : problem);
    setDisabledReason(m_show, problem);
}
