// What is typed is kept by the server while one types; a file shows how far it is; without a network the form stays as it is.
{
  // From one page to the next, for what the server does not have yet: one for each vacancy, in whichever language its form is.
  const key = `apply ${location.pathname.split('/').pop()}`;
  const fields = (form) => [...form.elements].filter((field) => field.name && !/^(file|submit|hidden)$/.test(field.type));
  // An answer belongs to its question, wherever that stands when the page comes again.
  const called = (form, { name, id }) => (name === 'answers[]' ? form.querySelector(`label[for="${id}"]`).textContent : name);
  const start = (form) => {
    const says = (text) => (form.querySelector('#sending').textContent = text);
    const cv = form.elements.cv;
    let typing;
    // What the form holds, but not the file, as if the button `save` had been pressed.
    const save = () => {
      clearTimeout(typing);
      typing = undefined;
      const data = new FormData(form);
      data.delete('cv');
      data.set('do', 'save');
      navigator.sendBeacon(location.pathname, data);
    };
    const typed = () => {
      clearTimeout(typing);
      typing = setTimeout(save, 800);
    };
    const handed = new Map(JSON.parse(sessionStorage.getItem(key) ?? '[]'));
    sessionStorage.removeItem(key);
    for (const field of fields(form)) {
      const value = handed.get(called(form, field));
      if (value === undefined) continue;
      if (field.type === 'checkbox') field.checked = value;
      else field.value = value;
    }
    if (handed.size) save();
    // The next page is asked for before this one goes: what was typed last would come too late by way of the server.
    addEventListener('pagehide', () => {
      if (!typing || !form.isConnected) return;
      sessionStorage.setItem(key, JSON.stringify(fields(form).map((field) => [called(form, field), field.type === 'checkbox' ? field.checked : field.value])));
      save();
    });
    form.addEventListener('input', (event) => event.target.type !== 'file' && typed());
    cv.addEventListener('change', () => {
      cv.setCustomValidity(cv.files[0]?.size > form.dataset.largest ? form.dataset.tooLarge : '');
      cv.reportValidity();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!cv.checkValidity()) return cv.reportValidity();
      clearTimeout(typing);
      typing = undefined;
      const ask = new XMLHttpRequest();
      const body = new FormData(form, event.submitter);
      const buttons = [...form.querySelectorAll('button')];
      const wait = (is) => buttons.forEach((button) => (button.disabled = is));
      ask.open('POST', location.pathname);
      ask.upload.onprogress = ({ loaded, total }) => says(`${form.dataset.sending} ${Math.floor((loaded / total) * 100)}%`);
      ask.onerror = () => (wait(false), says(form.dataset.offline));
      ask.onload = () => {
        // Only what this page shows anew: styles and scripts of the answer are not for this page. (This script stands before it.)
        const text = ask.responseText;
        const page = new DOMParser().parseFromString(text.slice(text.lastIndexOf('<main'), text.lastIndexOf('</main>') + 7), 'text/html');
        if (!page.querySelector('#apply')) {
          if (ask.status < 400 && ask.responseURL) return location.assign(ask.responseURL);
          wait(false);
          return says(page.querySelector('main')?.textContent.trim() ?? ask.statusText);
        }
        document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
        start(document.querySelector('#apply'));
        const notice = document.querySelector('main [role=alert]');
        notice.tabIndex = -1;
        notice.focus();
      };
      says(form.dataset.sending);
      wait(true);
      ask.send(body);
    });
  };
  const begin = () => start(document.querySelector('#apply'));
  document.readyState === 'loading' ? addEventListener('DOMContentLoaded', begin) : begin();
}
